<?php
// Waits for a message, writes the bytes the query asks for, and ends at once, by exit status or signal.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back();
fread($tcp, 1);
write_all($tcp, str_repeat('x', (int) query('bytes', '0')));
if ($signal = (int) query('signal', '0')) {
    posix_kill(getmypid(), $signal);
}
exit((int) query('code', '0'));
