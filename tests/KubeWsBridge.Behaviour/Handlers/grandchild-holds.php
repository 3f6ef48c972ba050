<?php
// Forks a child that keeps all it inherited open, the back-connection too; then exits at once.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
fread($tcp, 1);
if (($child = pcntl_fork()) === 0) {
    while (true) {
        sleep(600);
    }
}
write_all($tcp, "child $child;");
