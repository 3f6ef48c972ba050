<?php
// Says the hello that the query gives, {id} standing for the id; then echoes, and tells when it is cut off.
require __DIR__ . '/lib/worker.php';

$tcp = connect_back(hello: false);
write_all($tcp, str_replace('{id}', getenv('WSS_CONNECTION_ID'), query('hello')));
echo_to_end($tcp);
say('the bridge closed the back-connection');
exit((int) query('code', '7'));
