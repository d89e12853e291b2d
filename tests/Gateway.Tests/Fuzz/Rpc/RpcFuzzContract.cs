using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using OrleansBilling.Gateway.Tests.Rpc;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>A method as the server describes itself.</summary>
/// <param name="Name">As reflection names it: <c>package.Service/Method</c>.</param>
/// <param name="Input">The message it takes.</param>
/// <param name="TakesStream">Whether it takes any number of messages; else exactly one.</param>
/// <param name="GivesStream">Whether its answer may never end.</param>
internal sealed record RpcFuzzMethod(string Name, MessageDescriptor Input, bool TakesStream, bool GivesStream)
{
    /// <summary>Statuses that its contract names (see the .proto files), beside those of every call.</summary>
    public IReadOnlySet<StatusCode> Statuses { get; } = Documented(Name.Split('/')[0]);

    private static HashSet<StatusCode> Documented(string service)
    {
        HashSet<StatusCode> all =
            [StatusCode.OK, StatusCode.Unauthenticated, StatusCode.InvalidArgument, StatusCode.PermissionDenied, StatusCode.ResourceExhausted, StatusCode.Unavailable];
        return service switch
        {
            "orleansbilling.v1.UsageService" => all,
            "orleansbilling.v1.QuotaService" => [.. all, StatusCode.NotFound, StatusCode.FailedPrecondition],
            "orleansbilling.v1.BillService" => [.. all, StatusCode.NotFound],
            // The protocol of health checks and of reflection say so themselves.
            _ => [.. all, StatusCode.NotFound, StatusCode.Unimplemented],
        };
    }
}

/// <summary>Every method that the server's reflection lists, with its messages: nobody can forget one.</summary>
internal static class RpcFuzzContract
{
    public static async Task<IReadOnlyList<RpcFuzzMethod>> ReadAsync(GrpcChannel channel, Metadata key)
    {
        var methods = await new RawRpc(channel).MethodsAsync(key);
        var files = new Dictionary<string, ByteString>();
        var client = new ServerReflection.ServerReflectionClient(channel);
        using var call = client.ServerReflectionInfo(key);
        foreach (var service in methods.Keys.Select(name => name.Split('/')[0]).Distinct())
        {
            await call.RequestStream.WriteAsync(new() { FileContainingSymbol = service });
            await call.ResponseStream.MoveNext(default);
            foreach (var file in call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto)
            {
                files[FileDescriptorProto.Parser.ParseFrom(file).Name] = file;
            }
        }
        await call.RequestStream.CompleteAsync();
        return [.. FileDescriptor.BuildFromByteStrings(InOrder(files))
            .SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .Select(method => new RpcFuzzMethod(
                $"{method.Service.FullName}/{method.Name}", method.InputType, method.IsClientStreaming, method.IsServerStreaming))
            .Where(method => methods.ContainsKey(method.Name))
            .OrderBy(method => method.Name, StringComparer.Ordinal)];
    }

    /// <summary>What a file imports comes before it.</summary>
    private static List<ByteString> InOrder(Dictionary<string, ByteString> files)
    {
        var (ordered, seen) = (new List<ByteString>(), new HashSet<string>());
        foreach (var name in files.Keys.Order(StringComparer.Ordinal))
        {
            Add(name);
        }
        return ordered;

        void Add(string name)
        {
            if (!seen.Add(name))
            {
                return;
            }
            foreach (var import in FileDescriptorProto.Parser.ParseFrom(files[name]).Dependency)
            {
                Add(import);
            }
            ordered.Add(files[name]);
        }
    }
}
