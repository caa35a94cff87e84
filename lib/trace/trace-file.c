/* trace-file.c: a trace as a file: an SQLite database that appears whole or not at all. (being written) */
