"""What sync keeps: tables, versions of files, snapshots, the journal, logs; the one writer and its readers."""
