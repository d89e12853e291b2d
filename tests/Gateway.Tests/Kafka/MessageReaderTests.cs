using System.Text;
using Confluent.Kafka;
using OrleansBilling.Gateway.Kafka;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Kafka;

public sealed class MessageReaderTests
{
    private const string Rest = """ "device": "d", "meter": "m", "time": "2012-06-02T08:00:00Z", "value": "1" """;
    private readonly MessageReader _reader = new(
        new KafkaSettings("127.0.0.1:1", [new("usage", "acme"), new("fleet", null), new(new string('t', 249), "acme")], "dead")
        {
            GroupId = "g", TenantHeader = "billing-tenant", MaxMessageBytes = 1_000, Librdkafka = new Dictionary<string, string>(),
        });

    [Fact]
    public void An_event_without_an_id_gets_one_from_its_place_that_is_the_same_each_time()
    {
        Assert.Equal(["kafka:usage/3/7/1000"], Read(Message($"{{ {Rest} }}")));
        Assert.Equal(["kafka:usage/3/7/1000"], Read(Message($"{{ {Rest} }}")));
        Assert.Equal(["kafka:usage/3/8/1000"], Read(Message($"{{ {Rest} }}", offset: 8)));
        var hashed = Assert.Single(Read(Message($"{{ {Rest} }}", topic: new string('t', 249), offset: long.MaxValue - 1)));
        Assert.InRange(hashed.Length, 40, 128);
    }

    [Fact]
    public void Its_own_id_wins_over_that_of_the_header_and_both_over_the_place()
    {
        Assert.Equal(["h"], Read(Message($"{{ {Rest} }}", headers: (MessageHeaders.EventId, "h"))));
        Assert.Equal(["e"], Read(Message($$"""{ "id": "e", {{Rest}} }""", headers: (MessageHeaders.EventId, "h"))));
    }

    [Fact]
    public void Events_in_a_list_need_ids_of_their_own()
    {
        Assert.Null(_reader.Read(Message($$"""{ "events": [ { "id": "e", {{Rest}} }, { {{Rest}} } ] }"""), out _));
        Assert.Equal([null, "usage.id_invalid"], _reader.Events.ToArray().Select(one => one.Fault?.Code));
        Assert.Equal("/events/1/id", _reader.Events[1].Pointer);
    }

    [Fact]
    public void A_cloud_event_is_told_by_its_content_its_content_type_or_its_headers()
    {
        const string Structured = """
            { "specversion": "1.0", "id": "c", "source": "/s", "type": "m", "subject": "d", "time": "2012-06-02T08:00:00Z", "data": { "value": 1 } }
            """;
        Assert.Equal(["(/s)c"], Read(Message(Structured)));
        Assert.Equal(["(/s)c"], Read(Message(Structured, headers: ("content-type", "application/cloudevents+json; charset=utf-8"))));
        Assert.Equal(["(/s)c"], Read(Message($"[{Structured}]", headers: ("content-type", "application/cloudevents-batch+json"))));
        Assert.Equal(["(/s)c"], Read(Message("""{ "value": 1 }""", headers: [
            ("ce_specversion", "1.0"), ("ce_id", "c"), ("ce_source", "/s"), ("ce_type", "m"), ("ce_subject", "d"),
            ("ce_time", "2012-06-02T08:00:00Z")])));
    }

    [Fact]
    public void The_tenant_is_the_topics_whatever_a_header_says_else_the_headers()
    {
        Assert.Equal("acme", TenantOf(Message("{}", headers: ("billing-tenant", "other"))));
        Assert.Equal("other", TenantOf(Message("{}", topic: "fleet", headers: ("billing-tenant", "other"))));
        Assert.Equal("kafka.tenant_missing", _reader.Read(Message("{}", topic: "fleet"), out _)?.Code);
        Assert.Equal("kafka.tenant_missing", _reader.Read(Message("{}", topic: "fleet", headers: ("billing-tenant", "No Id")), out _)?.Code);
    }

    [Theory]
    [InlineData(null, "kafka.message_empty", null)]
    [InlineData("", "kafka.message_empty", null)]
    [InlineData("{ \"id\"", "request.json_broken", null)]
    [InlineData("{ \"events\": [ { \"id\": \"e\" }, ] }", "request.json_broken", null)]
    [InlineData("7", "usage.body_invalid", "")]
    [InlineData("{ \"events\": 7 }", "json.type", "/events")]
    public void What_is_no_usage_says_why(string? value, string code, string? at)
    {
        var reason = _reader.Read(Message(value), out _);
        Assert.Equal((code, at), (reason?.Code, reason?.At));
    }

    [Fact]
    public void A_message_beyond_the_limit_is_not_read()
    {
        Assert.Null(_reader.Read(Message($"{{ {Rest} }}".PadRight(1_000)), out _));
        Assert.Equal("kafka.message_too_large", _reader.Read(Message($"{{ {Rest} }}".PadRight(1_001)), out _)?.Code);
    }

    private string[] Read(ConsumeResult<byte[]?, byte[]?> message)
    {
        Assert.Null(_reader.Read(message, out _));
        Assert.All(_reader.Events.ToArray(), one => Assert.Null(one.Fault));
        return [.. _reader.Events.ToArray().Select(one => one.Event.Id)];
    }

    private string TenantOf(ConsumeResult<byte[]?, byte[]?> message)
    {
        Assert.Null(_reader.Read(message, out var tenant));
        return tenant;
    }

    private static ConsumeResult<byte[]?, byte[]?> Message(
        string? value, string topic = "usage", long offset = 7, params (string Name, string Value)[] headers)
    {
        var message = new Message<byte[]?, byte[]?>
        {
            Value = value is null ? null : Encoding.UTF8.GetBytes(value), Headers = [],
            Timestamp = new(1_000, TimestampType.CreateTime),
        };
        foreach (var (name, text) in headers)
        {
            message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        }
        return new() { TopicPartitionOffset = new(topic, 3, offset), Message = message };
    }
}
