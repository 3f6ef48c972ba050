<?php
// Fails without having connected.
undefined_function();
