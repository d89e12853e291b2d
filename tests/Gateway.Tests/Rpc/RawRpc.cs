using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;

namespace OrleansBilling.Gateway.Tests.Rpc;

/// <summary>Calls whatever a server says it has, with messages of bytes.</summary>
internal sealed class RawRpc(GrpcChannel channel)
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly CallInvoker _invoker = channel.CreateCallInvoker();

    /// <summary>Every method of every service that the server's reflection lists, as <c>package.Service/Method</c>.</summary>
    public async Task<Dictionary<string, MethodDescriptorProto>> MethodsAsync(Metadata key)
    {
        var client = new ServerReflection.ServerReflectionClient(channel);
        using var call = client.ServerReflectionInfo(key);
        var services = (await AskAsync(call, new() { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name).ToList();
        var methods = new Dictionary<string, MethodDescriptorProto>();
        foreach (var service in services)
        {
            var files = (await AskAsync(call, new() { FileContainingSymbol = service })).FileDescriptorResponse.FileDescriptorProto
                .Select(FileDescriptorProto.Parser.ParseFrom);
            var described = files.SelectMany(file => file.Service.Select(one => (Name: $"{file.Package}.{one.Name}", one)))
                .First(pair => pair.Name == service).one;
            foreach (var method in described.Method)
            {
                methods[$"{service}/{method.Name}"] = method;
            }
        }
        await call.RequestStream.CompleteAsync();
        return methods;
    }

    /// <summary>Sends all messages; of a stream that only the server writes, which may never end, the first message is read.</summary>
    public async Task<RpcOutcome> CallAsync(
        string name, MethodDescriptorProto described, IReadOnlyList<byte[]> messages, Metadata? key, DateTime? deadline = null)
    {
        var parts = name.Split('/');
        var type = (described.ClientStreaming, described.ServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var method = new Method<byte[], byte[]>(type, parts[0], parts[1], Bytes, Bytes);
        var answers = new List<byte[]>();
        try
        {
            await ExchangeAsync(method, messages, new(key, deadline), answers);
            return new(StatusCode.OK, "", answers);
        }
        catch (RpcException refused)
        {
            return new(refused.StatusCode, refused.Status.Detail, answers, refused.Trailers);
        }
    }

    private async Task ExchangeAsync(Method<byte[], byte[]> method, IReadOnlyList<byte[]> messages, CallOptions options, List<byte[]> answers)
    {
        switch (method.Type)
        {
            case MethodType.Unary:
                answers.Add(await _invoker.AsyncUnaryCall(method, null, options, messages[0]));
                break;
            case MethodType.ServerStreaming:
                using (var watch = _invoker.AsyncServerStreamingCall(method, null, options, messages[0]))
                {
                    if (await watch.ResponseStream.MoveNext(default))
                    {
                        answers.Add(watch.ResponseStream.Current);
                    }
                }
                break;
            case MethodType.ClientStreaming:
                using (var upload = _invoker.AsyncClientStreamingCall(method, null, options))
                {
                    await WriteAsync(upload.RequestStream, messages);
                    answers.Add(await upload);
                }
                break;
            default:
                using (var stream = _invoker.AsyncDuplexStreamingCall(method, null, options))
                {
                    await WriteAsync(stream.RequestStream, messages);
                    await foreach (var answer in stream.ResponseStream.ReadAllAsync())
                    {
                        answers.Add(answer);
                    }
                }
                break;
        }
    }

    /// <summary>A server that has refused reads no more; its status then comes with the answer.</summary>
    private static async Task WriteAsync(IClientStreamWriter<byte[]> stream, IReadOnlyList<byte[]> messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await stream.WriteAsync(message);
            }
            await stream.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException or IOException)
        {
        }
    }

    private static async Task<ServerReflectionResponse> AskAsync(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest question)
    {
        await call.RequestStream.WriteAsync(question);
        await call.ResponseStream.MoveNext(default);
        return call.ResponseStream.Current;
    }
}

/// <summary>How a call ended.</summary>
internal sealed record RpcOutcome(StatusCode Status, string Detail, IReadOnlyList<byte[]> Answers, Metadata? Trailers = null);
