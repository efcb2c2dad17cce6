"""The store of what belongs to the program as a whole: the settings, and who did what.

Which projects are kept in step is no such thing: that is what was agreed with sync, which reads it as one with what was
agreed about their files (`Reads.memory`), and which loses it, or gets it back from a backup, together with that.
"""
