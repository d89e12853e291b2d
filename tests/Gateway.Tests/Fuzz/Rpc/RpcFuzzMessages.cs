using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>
/// Writes messages field by field from their descriptors, straight as bytes: so it can also write what no generated class would.
/// </summary>
internal sealed class RpcFuzzMessages(FuzzIds ids, Random random)
{
    private const int Deepest = 4;
    private const int ManyEvents = 40;

    /// <summary>2012-06-01T00:00:00Z: the months that the world is about.</summary>
    private const long Start = 1_338_508_800;

    private static readonly string[] Decimals = ["0", "1", "2", "12.5", "0.001", "100", "1000000", "-1", "0.31"];
    private static readonly int[] Leases = [0, 1, 60, 600, 86_400];

    private readonly FuzzBreaker _breaker = new(random);

    /// <summary>A message that the contract allows.</summary>
    public byte[] Valid(MessageDescriptor type) => Message(type, "", 0, 0);

    /// <summary>A message of which about one field in so many is wrong in its value or its form.</summary>
    public byte[] Broken(MessageDescriptor type, int oneIn) => Message(type, "", 0, oneIn);

    private byte[] Message(MessageDescriptor type, string name, int depth, int oneIn)
    {
        if (type.FullName == "google.protobuf.Timestamp" && !Breaks(oneIn))
        {
            return RpcFuzzOutput.Of(output => output.Field(1, WireFormat.WireType.Varint, Varint((ulong)(Start + random.Next(3600 * 24 * 45)))));
        }
        return RpcFuzzOutput.Of(output =>
        {
            foreach (var field in type.Fields.InDeclarationOrder().OrderBy(_ => Breaks(oneIn) ? random.Next() : 0))
            {
                for (var i = Times(field, depth); i > 0; i--)
                {
                    if (Breaks(oneIn))
                    {
                        RpcFuzzWire.Break(output, field, Value(field, name, depth, oneIn), random);
                    }
                    else
                    {
                        output.Field(field.FieldNumber, RpcFuzzWire.TypeOf(field), Value(field, name, depth, oneIn));
                    }
                }
            }
        });
    }

    private bool Breaks(int oneIn) => oneIn > 0 && random.Next(oneIn) == 0;

    private int Times(FieldDescriptor field, int depth) => (field.IsRepeated, depth) switch
    {
        (_, > Deepest) => 0,
        (true, 0) => random.Next(20) == 0 ? random.Next(ManyEvents) : random.Next(1, 4),
        (true, _) => random.Next(3) == 0 ? random.Next(1, 4) : 0,
        // Of an event, either says whose it is.
        _ when field.Name is "identifier" => random.Next(8) == 0 ? 1 : 0,
        _ when field.Name is "unit" or "minimum" or "session" or "phase" or "operation" or "next" or "known_version" => random.Next(4) == 0 ? 1 : 0,
        _ when field.RealContainingOneof is not null => random.Next(3) == 0 ? 1 : 0,
        _ => random.Next(30) == 0 ? 0 : 1,
    };

    /// <summary>The value as it follows its tag, with its length where it has one.</summary>
    private byte[] Value(FieldDescriptor field, string owner, int depth, int oneIn) => field.FieldType switch
    {
        FieldType.Message => RpcFuzzOutput.Sized(Message(field.MessageType, field.Name, depth + 1, oneIn)),
        FieldType.String => RpcFuzzOutput.Sized(Breaks(oneIn) ? RpcFuzzWire.OddText(_breaker, random) : Encoding.UTF8.GetBytes(Text(field, owner))),
        FieldType.Bytes => RpcFuzzOutput.Sized(RpcFuzzWire.Noise(random, random.Next(20))),
        FieldType.Enum => Varint((ulong)random.Next(4)),
        FieldType.Bool => Varint((ulong)random.Next(2)),
        _ => Varint(unchecked((ulong)(Breaks(oneIn) ? RpcFuzzWire.OddNumber(random) : Number(field)))),
    };

    private long Number(FieldDescriptor field) => field.Name switch
    {
        "lease_seconds" => Leases[random.Next(Leases.Length)],
        _ => random.Next(6),
    };

    private string Text(FieldDescriptor field, string owner) => (owner, field.Name) switch
    {
        ("identifier", _) => ids.Of(field.Name, random) ?? "",
        (_, "id") => random.Next(4) == 0 ? $"rpc-{random.Next(500)}" : ids.Of(owner == "events" ? "event" : "reservation", random)!,
        (_, "quantity" or "value" or "minimum") when owner != "dimensions" => Decimals[random.Next(Decimals.Length)],
        (_, "unit") => random.Next(2) == 0 ? "kWh" : "Wh",
        ("dimensions", _) => $"d{random.Next(3)}",
        ("", "service") => "",
        _ => ids.Of(field.Name, random) ?? $"text-{random.Next(3)}",
    };

    private static byte[] Varint(ulong value) => RpcFuzzOutput.Of(output => output.Varint(value));
}
