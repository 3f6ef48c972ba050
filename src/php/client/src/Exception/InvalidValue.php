<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** An argument that the wire format or WebSocket cannot carry. */
final class InvalidValue extends \InvalidArgumentException implements BridgeException
{
}
