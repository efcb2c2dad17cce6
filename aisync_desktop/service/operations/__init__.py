"""The one list of what can be asked of the program, and each of it: its request, what runs, and its answer.

Command line, HTTP and windows are bindings of this list (listed.py): what one of them can do, the others can, with the
same answer. A request is a value that says all; whoever has one needs to know neither engine nor store.
"""
