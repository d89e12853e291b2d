using System.Globalization;

namespace OrleansBilling.Gateway.Tests.Kafka;

/// <summary>Usage in all its forms, some of it twice, and messages that are no usage; keeps account of what must become of them.</summary>
public sealed class KafkaTraffic(KafkaTopics topics, int devices, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string> _poison = [];
    private int _next;

    /// <summary>Different events that are to be billed.</summary>
    public long Events { get; private set; }

    /// <summary>What they come to, in kWh.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Events of a device that belongs to nobody.</summary>
    public long Quarantined { get; private set; }

    /// <summary>Reason of each message that is no usage, by what marks it.</summary>
    public IReadOnlyDictionary<string, string> Poison => _poison;

    /// <summary>Sends so many messages or a few more.</summary>
    public void Send(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            SendOne(_next++);
        }
        topics.Flush();
    }

    private void SendOne(int number)
    {
        var (device, value) = ($"d-{_random.Next(devices)}", _random.Next(1, 1_000) / 100m);
        switch (_random.Next(20))
        {
            case 0:
                SendPoison(number);
                return;
            case 1:
                Quarantined++;
                topics.Send(KafkaTopics.Usage, "loose", Event(number, "loose", value));
                return;
            case 2:
                // Without an id of its own, so it comes once only.
                topics.Send(KafkaTopics.Usage, device, $$"""{ "device": "{{device}}", "meter": "energy", "time": "{{Time(number)}}", "value": {{Text(value)}} }""");
                break;
            case 3:
                SendTwice(KafkaTopics.Fleet, device, CloudEvent(number, device, value), ("billing-tenant", KafkaServer.Tenant));
                break;
            case 4:
                SendTwice(KafkaTopics.Usage, device, $$"""{ "value": "{{Text(value)}}" }""", ("ce_specversion", "1.0"), ("ce_id", $"b-{number}"),
                    ("ce_source", "/tests"), ("ce_type", "energy"), ("ce_subject", device), ("ce_time", Time(number)));
                break;
            case 5:
                topics.Send(KafkaTopics.Usage, device, $$"""{ "events": [ {{Event(number, device, value)}}, {{Event(number, device, value)}} ] }""");
                break;
            case 6:
                topics.Send(KafkaTopics.Usage, device, Event(number, device, value));
                _poison[$"poison-{number}"] = "usage.conflict";
                topics.Send(KafkaTopics.Usage, device, Event(number, device, value + 1), ("mark", $"poison-{number}"));
                break;
            case 7:
                SendTwice(KafkaTopics.Usage, null, Event(number, device, value));
                break;
            default:
                topics.Send(KafkaTopics.Usage, device, Event(number, device, value));
                break;
        }
        Events++;
        Quantity += value;
    }

    private void SendTwice(string topic, string? key, string value, params (string, string)[] headers)
    {
        topics.Send(topic, key, value, headers);
        topics.Send(topic, key, value, headers);
    }

    private void SendPoison(int number)
    {
        var mark = $"poison-{number}";
        (string Topic, string? Value, string Code) sent = _random.Next(7) switch
        {
            0 => (KafkaTopics.Usage, "{ \"id\": ", "request.json_broken"),
            1 => (KafkaTopics.Usage, Event(number, "nobody", 1), "device.unknown"),
            2 => (KafkaTopics.Usage, Event(number, "d-0", 1).Replace("energy", "water", StringComparison.Ordinal), "meter.unknown"),
            3 => (KafkaTopics.Usage, $"\"{new string('x', 5_000)}\"", "kafka.message_too_large"),
            4 => (KafkaTopics.Usage, null, "kafka.message_empty"),
            5 => (KafkaTopics.Fleet, Event(number, "d-0", 1), "kafka.tenant_missing"),
            _ => (KafkaTopics.Usage, Event(number, "d-0", 1).Replace("2012-06-02", "yesterday", StringComparison.Ordinal), "usage.time_invalid"),
        };
        _poison[mark] = sent.Code;
        topics.Send(sent.Topic, null, sent.Value, ("mark", mark));
    }

    private static string Event(int number, string device, decimal value) =>
        $$"""{ "id": "e-{{number}}", "device": "{{device}}", "meter": "energy", "time": "{{Time(number)}}", "value": "{{Text(value)}}" }""";

    private static string CloudEvent(int number, string device, decimal value) => $$"""
        { "specversion": "1.0", "id": "c-{{number}}", "source": "/tests", "type": "energy", "subject": "{{device}}", "time": "{{Time(number)}}",
          "data": { "value": {{Text(value)}} } }
        """;

    private static string Time(int number) => $"2012-06-02T{number / 3600 % 24:00}:{number / 60 % 60:00}:{number % 60:00}Z";

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
