<?php
// Ignores the end of its input, but ends on SIGTERM and then writes the file of the query.
require __DIR__ . '/lib/worker.php';

pcntl_async_signals(true);
pcntl_signal(SIGTERM, function () {
    file_put_contents(query('file') . '.new', 'saved');
    rename(query('file') . '.new', query('file'));
    exit(0);
});
$tcp = connect_back();
write_all($tcp, 'ready');
read_to_end($tcp);
while (true) {
    sleep(600);
}
