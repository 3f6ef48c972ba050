<?php
// Says two lines on stderr and exits without having connected; with the status the query gives.
require __DIR__ . '/lib/worker.php';

say('first words');
say('last words');
exit((int) query('code', '1'));
