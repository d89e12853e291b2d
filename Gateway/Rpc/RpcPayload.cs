using System.Buffers;
using Grpc.Core;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>The bytes of one request, in pooled memory until it is read.</summary>
internal sealed class RpcPayload
{
    private readonly byte[] _bytes;
    private readonly int _length;

    public RpcPayload(ReadOnlySequence<byte> payload)
    {
        _length = (int)payload.Length;
        _bytes = ArrayPool<byte>.Shared.Rent(_length);
        payload.CopyTo(_bytes);
    }

    /// <summary>Keeps the bytes for the method: they are the call's only for as long as this takes.</summary>
    public static RpcPayload Of(DeserializationContext context) => new(context.PayloadAsReadOnlySequence());

    /// <summary>Reads the request, once: the memory goes back.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no protobuf.</exception>
    public RpcRequest Read(Usage.UsageIntake intake)
    {
        try
        {
            return RpcEventReader.Read(_bytes.AsSpan(0, _length), intake);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
