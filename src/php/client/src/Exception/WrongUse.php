<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** A method was called that cannot work in the connection's framing or state: a mistake in the script. */
final class WrongUse extends \LogicException implements BridgeException
{
}
