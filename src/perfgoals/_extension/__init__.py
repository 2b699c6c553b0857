"""Extensions: from the grammar text and methods of a user to grammars in force."""
