using System.Net;
using System.Net.Sockets;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Host;

public sealed class StartTests
{
    [Fact]
    public async Task A_taken_port_names_the_setting_to_change()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var output = await FailedStartAsync(new() { ["Gateway__GrpcUrl"] = url });
        Assert.Contains(url, output, StringComparison.Ordinal);
        Assert.Contains("Gateway__GrpcUrl", output, StringComparison.Ordinal);
        Assert.Contains("in use", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway__HttpUrl", "8080", "Gateway:HttpUrl")]
    [InlineData("Gateway__HttpUrl", "http://example.org:80", "Gateway:HttpUrl")]
    [InlineData("Gateway__BootstrapKey", "short", "Gateway:BootstrapKey")]
    public async Task A_wrong_setting_is_named(string name, string value, string expected) =>
        Assert.Contains(expected, await FailedStartAsync(new() { [name] = value }), StringComparison.Ordinal);

    private static async Task<string> FailedStartAsync(Dictionary<string, string> settings)
    {
        await using var silo = new SiloProcess(settings);
        silo.Launch();
        await silo.WaitForExitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, silo.ExitCode);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
        return silo.Output;
    }
}
