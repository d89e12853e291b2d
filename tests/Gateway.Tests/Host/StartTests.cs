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
    [InlineData("Gateway__Limits__RequestsPerSecond", "-1", "Gateway:Limits:RequestsPerSecond is -1")]
    [InlineData("Gateway__Oidc__Authority", "https://login.example", "Gateway:Oidc:Audience is missing")]
    [InlineData("Host__StopWithin", "soon", "Host:StopWithin is 'soon'; write a time from 00:00:01 to 01:00:00, for example 00:00:30.")]
    [InlineData("Host__StopWithin", "00:00:00.9", "Host:StopWithin is '00:00:00.9'")]
    public async Task A_wrong_setting_is_named(string name, string value, string expected) =>
        Assert.Contains(expected, await FailedStartAsync(new() { [name] = value }), StringComparison.Ordinal);

    [Theory]
    [InlineData("Storage__Provider", "Oracle", "'Sqlite' or 'PostgreSql'")]
    [InlineData("Storage__RetentionDays", "0", "Storage:RetentionDays is '0'")]
    [InlineData("Gateway__Embedded", "false", "Gateway:Embedded is 'false' but Storage:Provider is 'Sqlite'")]
    public async Task A_setting_of_the_storage_that_makes_no_sense_is_named(string name, string value, string expected) =>
        Assert.Contains(expected, await FailedStartAsync(new() { [name] = value }), StringComparison.Ordinal);

    [Theory]
    [InlineData("Storage__ConnectionString", "", "Storage:ConnectionString is missing")]
    [InlineData("Storage__ConnectionString", "Hots=db", "Storage:ConnectionString cannot be read")]
    [InlineData("Cluster__SiloPort", "99999", "Cluster:SiloPort is '99999'")]
    [InlineData("Cluster__AdvertisedAddress", "db.example", "Cluster:AdvertisedAddress is 'db.example'")]
    public async Task A_wrong_setting_of_a_cluster_is_named(string name, string value, string expected) => Assert.Contains(
        expected,
        await FailedStartAsync(new() { ["Storage__Provider"] = "PostgreSql", ["Storage__ConnectionString"] = Away, [name] = value }),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_silo_without_a_gateway_says_who_reads_from_kafka() => Assert.Contains(
        "only processes with a gateway read from Kafka",
        await FailedStartAsync(new()
        {
            ["Storage__Provider"] = "PostgreSql", ["Storage__ConnectionString"] = Away, ["Gateway__Embedded"] = "false",
            ["Management__HttpUrl"] = $"http://127.0.0.1:{SiloProcess.FreePort()}", ["Kafka__BootstrapServers"] = "127.0.0.1:1",
        }),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_property_that_the_kafka_client_does_not_know_is_named() => Assert.Contains(
        "\"no.such.property\"",
        await FailedStartAsync(new()
        {
            ["Kafka__BootstrapServers"] = "127.0.0.1:1", ["Kafka__Topics__0__Name"] = "usage", ["Kafka__DeadLetterTopic"] = "dead",
            ["Kafka__Librdkafka__no_such_property"] = "1",
        }),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_database_that_is_away_is_named_without_its_password()
    {
        var output = await FailedStartAsync(
            new() { ["Storage__Provider"] = "PostgreSql", ["Storage__ConnectionString"] = Away }, exitCode: 3);

        Assert.Contains("'billing' at 127.0.0.1:1", output, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", output, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", output, StringComparison.Ordinal);
    }

    private const string Away = "Host=127.0.0.1;Port=1;Database=billing;Username=u;Password=very-secret";

    private static async Task<string> FailedStartAsync(Dictionary<string, string> settings, int exitCode = 2)
    {
        await using var silo = new SiloProcess(settings);
        silo.Launch();
        await silo.WaitForExitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(exitCode, silo.ExitCode);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
        return silo.Output;
    }
}
