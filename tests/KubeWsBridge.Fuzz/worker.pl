# The worker of the fuzz tests. Does what the query of its WebSocket asks for (Scenarios/WorkerPlan.cs) and tells the witness, over the unix socket
# FUZZ_WITNESS, every byte it is given and how its input ended. Starts in a few milliseconds because it loads no module: the numbers
# below are Linux's AF_UNIX, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_NODELAY, SOL_SOCKET and SO_LINGER.
my ($UNIX, $INET, $STREAM, $TCP, $NODELAY, $SOCKET, $LINGER) = (1, 2, 1, 6, 1, 1, 13);
$SIG{PIPE} = 'IGNORE';
my %plan = map { split /=/, $_, 2 } split /&/, $ENV{WSS_REQUEST_QUERY};

# Everything is written whole; false once the other side takes no more.
sub put {
    my ($handle, $bytes, $piece) = @_;
    for (my $at = 0; $at < length $bytes;) {
        my $count = syswrite $handle, $bytes, $piece || length($bytes) - $at, $at;
        return 0 unless defined $count;
        $at += $count;
    }
    return 1;
}

# Length and bytes; the length 0xFFFFFFFF announces the last words.
sub witness { put($witness, pack('N', length $_[0]) . $_[0]) }
sub leave {
    put($witness, pack('N', 0xFFFFFFFF) . $_[0]);
    close $witness;
    kill 'KILL', $$ if $plan{how} eq 'kill';
    exit $plan{code};
}

# The next bytes of an endless count in 32-bit numbers, so that lost, doubled and swapped bytes show.
my %counts;
sub count {
    my ($name, $length) = @_;
    my $count = $counts{$name} ||= { bytes => '', next => 0 };
    while (length $count->{bytes} < $length) {
        $count->{bytes} .= pack 'N*', $count->{next} .. $count->{next} + 1023;
        $count->{next} += 1024;
    }
    return substr $count->{bytes}, 0, $length, '';
}

# What is printed has the top bit set, and what is sent has not if the plan says "split": so the client can tell them apart.
sub say_data { my $bytes = $_[0]; $bytes &= "\x7f" x length $bytes if $plan{split}; $mute ||= !put($bridge, $bytes, $plan{piece}); }
sub say_count { for (my $left = $_[0]; $left > 0; $left -= 16384) { say_data(count('data', $left < 16384 ? $left : 16384)) unless $mute } }
sub print_count { my $bytes = count('print', $_[0]); put(STDOUT, $bytes | "\x80" x length $bytes) if $_[0] }
sub rest { select undef, undef, undef, $_[0] / 1000 if $_[0] }

socket $witness, $UNIX, $STREAM, 0 or die "witness: $!";
connect $witness, pack('S a*', $UNIX, $ENV{FUZZ_WITNESS}) or die "witness: $!";
put($witness, "$plan{token} $ENV{WSS_CONNECTION_ID} $$\n");

my ($host, $port) = @ENV{qw(WSS_TCP_HOST WSS_TCP_PORT)};
rest($plan{late});
if ($host =~ m{^unix://(.*)}) {
    socket $bridge, $UNIX, $STREAM, 0 and connect $bridge, pack('S a*', $UNIX, $1) or die "bridge: $!";
} else {
    socket $bridge, $INET, $STREAM, 0 and connect $bridge, pack('S n C4 x8', $INET, $port, split /\./, $host) or die "bridge: $!";
    setsockopt $bridge, $TCP, $NODELAY, 1 if $plan{nodelay};
}

my $hello = "$ENV{WSS_CONNECTION_ID}\n";
$hello .= count('data', $plan{joined}) if $plan{joined}; # in one segment with the first payload
put($bridge, $hello);
close STDOUT if $plan{closed};
say_count($plan{burst});
print_count($plan{print});
rest($plan{wait});

my ($taken, $answered, $end) = (0, 0, 'eof');
while ($plan{until} < 0 || $taken < $plan{until}) {
    my $most = $plan{read};
    $most = $plan{until} - $taken if $plan{until} >= 0 && $plan{until} - $taken < $most;
    my $count = sysread $bridge, my $bytes, $most;
    $end = "error $!" unless defined $count;
    last unless $count;
    witness($bytes);
    $taken += $count;
    if ($plan{do} eq 'echo') { say_data($bytes) unless $mute }
    elsif ($plan{do} eq 'reply') { for (; $answered < int($taken / $plan{every}); $answered++) { say_count($plan{reply}) } }
    rest(1) if $plan{rests}-- > 0;
}

$end = 'enough' if $plan{until} >= 0 && $taken >= $plan{until};
say_count($plan{last});
print_count($plan{printlast});
if ($plan{how} eq 'half') {
    shutdown $bridge, 1;
    while (1) {
        my $count = sysread $bridge, my $bytes, 65536;
        $end = defined $count ? 'eof' : "error $!";
        last unless $count;
        witness($bytes);
    }
}
setsockopt $bridge, $SOCKET, $LINGER, pack('ii', 1, 0) if $plan{how} eq 'reset';
leave($mute ? "$end, mute" : $end);
