<?php
// Hands its session over to a process of its own session, which holds nothing but the back-connection, and exits. That one echoes.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
[$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
if (pcntl_fork() === 0) {
    posix_setsid();
    fclose(STDOUT);
    fclose(STDERR);
    fclose($ours);
    fwrite($theirs, '!');
    echo_to_end($tcp);
    exit;
}
// What is still in the group of a worker that exits is killed.
fread($ours, 1);
