<?php
// The site beside the WebSockets.
echo 'page ', $_SERVER['REQUEST_URI'], ' for ', $_SERVER['REMOTE_ADDR'];
