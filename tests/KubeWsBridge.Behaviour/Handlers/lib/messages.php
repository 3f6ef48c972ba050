<?php
// The messages framing in plain PHP, as docs/messages.md has it.

/** The next message's type and data; null at the end. */
function receive($bridge): ?array
{
    for ($data = '';;) {
        if (($head = fgets($bridge)) === false) return null;
        [$type, $length, $more] = explode(' ', trim($head)) + [2 => ''];
        if ($type === 'close') $data = ''; // a message before it that was not finished is dropped
        $data .= stream_get_contents($bridge, (int) $length);
        if (fgetc($bridge) !== "\n") throw new RuntimeException('out of step');
        if ($more !== '+') return [$type, $data];
    }
}

function send($bridge, string $type, string $data): void
{
    fwrite($bridge, "$type " . strlen($data) . "\n$data\n");
}
