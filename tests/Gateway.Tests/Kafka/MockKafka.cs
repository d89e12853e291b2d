using System.Runtime.InteropServices;
using Confluent.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace OrleansBilling.Gateway.Tests.Kafka;

/// <summary>
/// The brokers that librdkafka brings for tests: they listen on 127.0.0.1 in this process, and clients of any process talk to them over
/// real sockets. A partition keeps its newest 5 MiB.
/// </summary>
public sealed class MockKafka : IDisposable
{
    private const string Library = "librdkafka";
    private const int ProducerKind = 0;
    private const int AllBrokers = -1;
    private readonly nint _client;
    private readonly nint _cluster;

    // As the clients do: the first build of the library that this system can load.
    static MockKafka() => NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, (name, assembly, path) =>
        name != Library ? 0
        : NativeLibrary.TryLoad(Library, assembly, path, out var handle) ? handle
        : NativeLibrary.Load($"centos8-{Library}", assembly, path));

    public MockKafka(int brokers = 1)
    {
        var properties = rd_kafka_conf_new();
        var error = new byte[512];
        _ = rd_kafka_conf_set(properties, "log_level", "0", error, error.Length);
        _client = rd_kafka_new(ProducerKind, properties, error, error.Length);
        _cluster = rd_kafka_mock_cluster_new(_client, brokers);
        rd_kafka_mock_group_initial_rebalance_delay_ms(_cluster, 100);
        Bootstrap = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(_cluster))!;
    }

    /// <summary>Addresses of the brokers.</summary>
    public string Bootstrap { get; }

    public void CreateTopic(string name, int partitions) =>
        Check(rd_kafka_mock_topic_create(_cluster, name, partitions, 1));

    /// <summary>Ends all connections and takes no new ones.</summary>
    public void GoDown() => Check(rd_kafka_mock_broker_set_down(_cluster, AllBrokers));

    /// <summary>Takes connections again.</summary>
    public void ComeUp() => Check(rd_kafka_mock_broker_set_up(_cluster, AllBrokers));

    /// <summary>Answers the next requests of a kind with an error.</summary>
    /// <param name="request">Number of the request in Kafka's protocol.</param>
    /// <param name="error">What is answered.</param>
    /// <param name="times">How many requests.</param>
    public void Fail(KafkaRequest request, ErrorCode error, int times) => rd_kafka_mock_push_request_errors_array(
        _cluster, (short)request, times, [.. Enumerable.Repeat((int)error, times)]);

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(_cluster);
        rd_kafka_destroy(_client);
    }

    private static void Check(int error) => Xunit.Assert.Equal(ErrorCode.NoError, (ErrorCode)error);

#pragma warning disable CA2101, SYSLIB1054 // Texts are ASCII; the library is found where the package puts it.
    [DllImport(Library)]
    private static extern nint rd_kafka_conf_new();

    [DllImport(Library)]
    private static extern int rd_kafka_conf_set(nint conf, string name, string value, byte[] error, nint size);

    [DllImport(Library)]
    private static extern nint rd_kafka_new(int kind, nint conf, byte[] error, nint size);

    [DllImport(Library)]
    private static extern void rd_kafka_destroy(nint client);

    [DllImport(Library)]
    private static extern nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_cluster_destroy(nint cluster);

    [DllImport(Library)]
    private static extern nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_group_initial_rebalance_delay_ms(nint cluster, int delay);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replicas);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [DllImport(Library)]
    private static extern int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [DllImport(Library)]
    private static extern void rd_kafka_mock_push_request_errors_array(nint cluster, short request, nint count, int[] errors);
#pragma warning restore CA2101, SYSLIB1054
}

/// <summary>Requests of Kafka's protocol, by their numbers there.</summary>
public enum KafkaRequest : short
{
    Produce = 0,
    Fetch = 1,
    OffsetCommit = 8,
}
