<?php
// Ends without having connected.
error_log('gives up');
http_response_code(503);
