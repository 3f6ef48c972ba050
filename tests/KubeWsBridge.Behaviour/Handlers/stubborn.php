<?php
// Ignores the end of its input and SIGTERM, and says on stderr that it saw them.
require __DIR__ . '/lib/worker.php';

pcntl_async_signals(true);
pcntl_signal(SIGTERM, fn () => say('ignores SIGTERM'));
$tcp = connect_back();
write_all($tcp, 'ready');
read_to_end($tcp);
say('ignores the end of its input');
while (true) {
    sleep(600);
}
