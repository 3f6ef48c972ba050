namespace KubeWsBridge.Behaviour.UnixSocket;

/// <summary>How sessions end when their workers have a unix socket.</summary>
public sealed class ClosingOverUnixSocketTests(ClosingOverUnixSocketTests.UnixFixture fixture)
    : ClosingTests(fixture), IClassFixture<ClosingOverUnixSocketTests.UnixFixture>
{
    public sealed class UnixFixture : Fixture
    {
        private readonly SocketFolder _sockets = new();

        protected override string[] Common => _sockets.Next();

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            _sockets.Dispose();
        }
    }
}
