<?php
// Writes lines on stderr: plain, not UTF-8, with control characters, too long, and one without an end; then echoes.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
fwrite(STDERR, "plain line\n");
fwrite(STDERR, "broken \xff\xfe line\n");
fwrite(STDERR, "bell \x07 and escape \x1b[31m line\r\n");
fwrite(STDERR, str_repeat('L', 20000) . "\n");
fwrite(STDERR, "later line\n");
echo_to_end($tcp);
fwrite(STDERR, 'unterminated line');
