namespace OrleansBilling.Gateway.Kafka;

/// <summary>
/// Properties that are handed to librdkafka as they are: section <c>Kafka:Librdkafka</c>, and <c>Kafka:LibrdkafkaFiles</c> for values
/// that stand in files, such as mounted secrets. <c>_</c> may stand for <c>.</c>, since shells take no points in names.
/// </summary>
internal static class LibrdkafkaProperties
{
    private const string Values = "Librdkafka";
    private const string Files = "LibrdkafkaFiles";

    /// <summary>What delivery rests on, or has a setting of its own.</summary>
    private static readonly HashSet<string> Ours =
    [
        "bootstrap.servers", "metadata.broker.list", "group.id", "enable.auto.commit", "auto.commit.enable", "auto.commit.interval.ms",
        "enable.auto.offset.store", "acks", "request.required.acks", "transactional.id", "enable.partition.eof",
    ];

    /// <summary>Reads both sections.</summary>
    /// <exception cref="GatewayConfigurationException">A property is ours, is given twice, or its file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> From(IConfigurationSection kafka)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in kafka.GetSection(Values).GetChildren())
        {
            Add(properties, value, value.Value ?? "");
        }
        foreach (var file in kafka.GetSection(Files).GetChildren())
        {
            Add(properties, file, ReadFile(file));
        }
        return properties;
    }

    private static void Add(Dictionary<string, string> properties, IConfigurationSection setting, string value)
    {
        var name = setting.Key.Replace('_', '.');
        if (Ours.Contains(name))
        {
            throw new GatewayConfigurationException(
                $"{setting.Path} cannot be set: '{name}' has a setting of its own, or offsets and durability rest on it.");
        }
        if (!properties.TryAdd(name, value))
        {
            throw new GatewayConfigurationException($"{setting.Path}: '{name}' is given twice.");
        }
    }

    private static string ReadFile(IConfigurationSection setting)
    {
        try
        {
            return File.ReadAllText(setting.Value ?? "").TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new GatewayConfigurationException($"{setting.Path}: the file '{setting.Value}' cannot be read: {e.Message}", e);
        }
    }
}
