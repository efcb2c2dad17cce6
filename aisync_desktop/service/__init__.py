"""Where the systems of the program meet: the list of what can be asked, and the threads that do it."""
