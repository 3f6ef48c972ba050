<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

/** What the connection to the bridge carries. */
enum Framing: string
{
    /** A stream of bytes: boundaries and types of messages are not kept, all that is sent is binary. */
    case Raw = 'raw';

    /** Messages, with their boundaries and types, close codes and the notice of a drain. */
    case Messages = 'messages';
}
