using System.Globalization;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Gateway.Kafka;

/// <summary>Where usage is read from: section <c>Kafka</c>. Holds secrets; never written to a log.</summary>
/// <param name="BootstrapServers">Brokers to begin with, as <c>host:port</c>, separated by commas.</param>
/// <param name="Topics">At least one.</param>
/// <param name="DeadLetterTopic">Where messages go that are no usage.</param>
internal sealed record KafkaSettings(string BootstrapServers, IReadOnlyList<KafkaTopic> Topics, string DeadLetterTopic)
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Kafka";

    private const int DefaultMessageBytes = 1024 * 1024;
    private const int MaxMessageBytesAllowed = 16 * 1024 * 1024;
    private const int MaxTopics = 100;
    private const int MaxTopicLength = 249;

    /// <summary>The processes that share the partitions of the topics. Default <c>orleans-billing</c>.</summary>
    public required string GroupId { get; init; }

    /// <summary>The header that names the tenant of a message of a topic without one. Default <c>billing-tenant</c>.</summary>
    public required string TenantHeader { get; init; }

    /// <summary>Bytes of a message's value; a larger one is a dead letter. Default 1 MiB.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>Properties of librdkafka, such as those of TLS and SASL, by their names there.</summary>
    public required IReadOnlyDictionary<string, string> Librdkafka { get; init; }

    /// <summary>Whether the configuration asks for it: it names brokers.</summary>
    public static bool IsWanted(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[$"{Section}:{nameof(BootstrapServers)}"]);

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="GatewayConfigurationException">A setting is missing or makes no sense.</exception>
    public static KafkaSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var topics = ReadTopics(section.GetSection(nameof(Topics)));
        var deadLetters = section[nameof(DeadLetterTopic)] is { Length: > 0 } name ? name : throw new GatewayConfigurationException(
            "Kafka:DeadLetterTopic is missing. It names the topic for messages that are no usage, so that they neither block nor get lost.");
        CheckTopic("Kafka:DeadLetterTopic", deadLetters);
        if (topics.Any(topic => topic.Name == deadLetters))
        {
            throw new GatewayConfigurationException(
                $"Kafka:DeadLetterTopic is '{deadLetters}', which is one of Kafka:Topics; dead letters would be read and written for ever.");
        }
        return new(section[nameof(BootstrapServers)]!.Trim(), topics, deadLetters)
        {
            GroupId = Text(section, nameof(GroupId), "orleans-billing"),
            TenantHeader = Text(section, nameof(TenantHeader), "billing-tenant"),
            MaxMessageBytes = Bytes(section, nameof(MaxMessageBytes)),
            Librdkafka = LibrdkafkaProperties.From(section),
        };
    }

    private static List<KafkaTopic> ReadTopics(IConfigurationSection section)
    {
        var topics = section.GetChildren().Select(ReadTopic).ToList();
        if (topics.Count is 0 or > MaxTopics)
        {
            throw new GatewayConfigurationException(
                $"Kafka:Topics lists 1 to {MaxTopics} topics, for example Kafka:Topics:0:Name 'usage' and Kafka:Topics:0:Tenant 'acme'; "
                + "there are " + topics.Count.ToString(CultureInfo.InvariantCulture) + ".");
        }
        return topics.DistinctBy(topic => topic.Name).Count() == topics.Count
            ? topics
            : throw new GatewayConfigurationException("Kafka:Topics has the same topic twice.");
    }

    private static KafkaTopic ReadTopic(IConfigurationSection section)
    {
        var name = section["Name"] ?? "";
        CheckTopic($"{section.Path}:Name", name);
        var tenant = section["Tenant"] is { Length: > 0 } given ? given : null;
        return tenant is null || EntityId.IsValidTenant(tenant)
            ? new(name, tenant)
            : throw new GatewayConfigurationException(
                $"{section.Path}:Tenant is '{tenant}'; a tenant's id is 1 to 40 of a-z, 0-9 and '-'. Leave it out when each message names its own.");
    }

    /// <remarks>The rule is Kafka's own for names of topics; it also keeps patterns out, which begin with '^'.</remarks>
    private static void CheckTopic(string setting, string name)
    {
        if (name.Length is 0 or > MaxTopicLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            throw new GatewayConfigurationException(
                $"{setting} is '{name}'; a topic's name is 1 to {MaxTopicLength} letters, digits, '.', '_' and '-'.");
        }
    }

    private static string Text(IConfigurationSection section, string name, string otherwise) =>
        section[name] is { Length: > 0 } text ? text : otherwise;

    private static int Bytes(IConfigurationSection section, string name) => section[name] is not { Length: > 0 } text
        ? DefaultMessageBytes
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= 1 and <= MaxMessageBytesAllowed
            ? bytes
            : throw new GatewayConfigurationException(
                $"{section.Path}:{name} is '{text}'; it must be a whole number from 1 to {MaxMessageBytesAllowed}.");

    /// <summary>Without the properties, which may be secrets.</summary>
    public override string ToString() => $"{BootstrapServers}, group {GroupId}, topics {string.Join(", ", Topics.Select(topic => topic.Name))}";
}
