<?php
// Says things in PHP's log, and echoes.
require __DIR__ . '/../lib/worker.php';

$tcp = connect_back();
error_log('first; words');
error_log("two\nlines");
trigger_error('a warning of ours', E_USER_WARNING);
file_put_contents('php://stderr', "straight to descriptor 2\n");
flush();
echo_to_end($tcp);
