<?php
// Waits without connecting.
require __DIR__ . '/lib/worker.php';

say('not connecting as ' . getmypid());
while (true) {
    sleep(600);
}
