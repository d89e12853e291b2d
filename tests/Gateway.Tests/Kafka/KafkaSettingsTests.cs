using Microsoft.Extensions.Configuration;
using OrleansBilling.Gateway.Kafka;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Kafka;

public sealed class KafkaSettingsTests
{
    private const string Secret = "Endpoint=sb://very-secret";

    [Fact]
    public void Without_brokers_nothing_is_read() =>
        Assert.False(KafkaSettings.IsWanted(Configuration(new() { ["Kafka:BootstrapServers"] = "", ["Kafka:DeadLetterTopic"] = "d" })));

    [Fact]
    public void Properties_of_librdkafka_go_through_with_points_or_underscores_and_from_files()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Secret + "\n");
        var settings = KafkaSettings.From(Usual(new()
        {
            ["Kafka:Librdkafka:security.protocol"] = "SASL_SSL",
            ["Kafka:Librdkafka:sasl_mechanism"] = "PLAIN",
            ["Kafka:Librdkafka:sasl.username"] = "$ConnectionString",
            ["Kafka:LibrdkafkaFiles:sasl.password"] = file,
        }));
        File.Delete(file);
        KafkaClients.Check(settings);

        Assert.Equal(
            [("sasl.mechanism", "PLAIN"), ("sasl.password", Secret), ("sasl.username", "$ConnectionString"), ("security.protocol", "SASL_SSL")],
            settings.Librdkafka.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
        Assert.Equal(("orleans-billing", "billing-tenant", 1024 * 1024), (settings.GroupId, settings.TenantHeader, settings.MaxMessageBytes));
    }

    [Theory]
    [InlineData("Kafka:DeadLetterTopic", "", "Kafka:DeadLetterTopic is missing")]
    [InlineData("Kafka:DeadLetterTopic", "usage", "which is one of Kafka:Topics")]
    [InlineData("Kafka:Topics:0:Name", "", "Kafka:Topics:0:Name is ''")]
    [InlineData("Kafka:Topics:0:Name", "^usage.*", "Kafka:Topics:0:Name is '^usage.*'")]
    [InlineData("Kafka:Topics:0:Tenant", "Acme", "Kafka:Topics:0:Tenant is 'Acme'")]
    [InlineData("Kafka:Topics:1:Name", "usage", "the same topic twice")]
    [InlineData("Kafka:MaxMessageBytes", "0", "Kafka:MaxMessageBytes is '0'")]
    [InlineData("Kafka:Librdkafka:enable.auto.commit", "true", "Kafka:Librdkafka:enable.auto.commit cannot be set")]
    [InlineData("Kafka:Librdkafka:group_id", "x", "Kafka:Librdkafka:group_id cannot be set")]
    [InlineData("Kafka:LibrdkafkaFiles:sasl.password", "/nowhere/password", "the file '/nowhere/password' cannot be read")]
    public void A_wrong_setting_is_named(string name, string value, string expected) => Assert.Contains(
        expected,
        Assert.Throws<GatewayConfigurationException>(() => KafkaSettings.From(Usual(new() { [name] = value }))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("no.such.property", "1", "no.such.property")]
    [InlineData("security.protocol", "MAGIC", "security.protocol")]
    public void A_property_that_librdkafka_does_not_know_is_named_without_secrets(string name, string value, string expected)
    {
        var settings = KafkaSettings.From(Usual(new() { [$"Kafka:Librdkafka:{name}"] = value, ["Kafka:Librdkafka:sasl.password"] = Secret }));
        var refused = Assert.Throws<GatewayConfigurationException>(() => KafkaClients.Check(settings));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    private static IConfiguration Usual(Dictionary<string, string?> more)
    {
        var all = new Dictionary<string, string?>
        {
            ["Kafka:BootstrapServers"] = "127.0.0.1:1", ["Kafka:Topics:0:Name"] = "usage", ["Kafka:Topics:0:Tenant"] = "acme",
            ["Kafka:DeadLetterTopic"] = "dead",
        };
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }
        return Configuration(all);
    }

    private static IConfiguration Configuration(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
