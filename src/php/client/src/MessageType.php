<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

/** The two kinds of WebSocket messages. */
enum MessageType: string
{
    /** UTF-8; browsers hand it out as a string. */
    case Text = 'text';

    /** Any bytes; browsers hand them out as a Blob or an ArrayBuffer. */
    case Binary = 'binary';
}
