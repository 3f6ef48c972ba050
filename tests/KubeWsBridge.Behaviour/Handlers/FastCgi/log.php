<?php
// Says things in PHP's log, and echoes.
require __DIR__ . '/../lib/worker.php';

$tcp = connect_back();
error_log('first; words');
error_log("two\nlines");
flush();
echo_to_end($tcp);
