<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** What all exceptions of this library have in common. */
interface BridgeException extends \Throwable
{
}
