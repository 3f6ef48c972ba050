<?php
// Forks a child that stays, whatever comes; tells the client its process id; then echoes.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
$child = pcntl_fork();
if ($child === 0) {
    pcntl_signal(SIGTERM, SIG_IGN);
    pcntl_signal(SIGHUP, SIG_IGN);
    fclose($tcp);
    fclose(STDOUT);
    fclose(STDERR);
    while (true) {
        sleep(600);
    }
}
write_all($tcp, "child $child;");
echo_to_end($tcp);
