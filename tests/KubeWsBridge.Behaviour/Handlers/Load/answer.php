<?php
// Reads one line, a number, writes that many bytes and exits.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
fwrite($tcp, str_repeat('a', (int) fgets($tcp)));
