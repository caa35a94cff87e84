/* trace-loader.c: from rows to a trace. (being written) */
