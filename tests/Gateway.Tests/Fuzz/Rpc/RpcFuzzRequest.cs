namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>What is wrong with a call.</summary>
internal enum RpcFuzzPart
{
    Nothing, Values, ManyValues, Bytes, Framing, Order, Headers,
}

/// <summary>A call before it is sent, down to its bytes.</summary>
/// <param name="Body">All that the client writes before it ends its side.</param>
/// <param name="Aborts">Whether the client goes away instead of ending its side.</param>
internal sealed record RpcFuzzRequest(
    long Seed, RpcFuzzMethod Method, RpcFuzzPart Broken, byte[] Body, bool Aborts, IReadOnlyList<(string Name, string Value)> Headers)
{
    public override string ToString()
    {
        var headers = string.Concat(Headers.Select(header => $" {header.Name}: {header.Value};"));
        return $"seed {Seed}: {Method.Name} broken in {Broken}{(Aborts ? ", aborted" : "")}{headers} "
            + $"({Body.Length} bytes) {Convert.ToHexString(Body.AsSpan(0, Math.Min(Body.Length, 1000)))}";
    }
}
