<?php
// Speaks the messages framing: sends back what comes, tells on stderr what is no message, and does what messages ask for that begin with "!".
require __DIR__ . '/lib/worker.php';
require __DIR__ . '/lib/messages.php';

$hello = query('hello', 'messages');
$bridge = connect_back(hello: false);
write_all($bridge, getenv('WSS_CONNECTION_ID') . ($hello === '' ? '' : " $hello") . "\n");

while (($message = receive($bridge)) !== null) {
    [$type, $data] = $message;
    if ($type !== 'text' && $type !== 'binary') {
        say("got $type: $data;");
        if ($type === 'drain' && query('leave') !== '') {
            send($bridge, 'close', query('leave'));
        }
    } elseif ($data === '' || $data[0] !== '!') {
        send($bridge, $type, $data);
    } else {
        [$command, $argument] = explode(' ', substr($data, 1), 2) + [1 => ''];
        match ($command) {
            'close', 'ping', 'pong' => send($bridge, $command, $argument),
            'raw' => write_all($bridge, stripcslashes($argument)),
            'print' => fwrite(STDOUT, $argument),
            'getenv' => send($bridge, 'text', getenv($argument)),
            'exit' => exit((int) $argument),
        };
    }
}
say('end of file');
