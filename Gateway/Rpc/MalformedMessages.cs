using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>
/// Tells a message that cannot be read from a fault of ours. gRPC's own pipeline answers INTERNAL or UNKNOWN for both, so an operator who
/// watches those two would be woken by any broken client, and its sender would repeat what can never be read.
/// </summary>
/// <remarks>
/// A single message is read before any interceptor runs, so that a call which comes here has its message; see
/// <see cref="MalformedMessageMiddleware"/> for those that do not. Messages of a stream are read within the call.
/// </remarks>
internal sealed class MalformedMessages : Interceptor
{
    private static readonly object Begun = new();

    /// <summary>Whether the call began: whatever fails from then on is not its first message.</summary>
    public static bool HasBegun(HttpContext context) => context.Items.ContainsKey(Begun);

    /// <summary>What a failure to read a message is answered with; null when it is none.</summary>
    public static Status? StatusOf(Exception error) => error switch
    {
        InvalidProtocolBufferException or InvalidDataException => Malformed(error.Message),
        // What gRPC's pipeline says of frames that end too early, or too late, or are compressed without saying how.
        RpcException { StatusCode: StatusCode.Internal } => Malformed(((RpcException)error).Status.Detail),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(
            StatusCode.ResourceExhausted, "request.body_too_large: a message takes at most 16 MiB."),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(
            StatusCode.Unavailable, "request.too_slow: the message came too slowly; send it again."),
        IOException => Malformed(error.Message),
        _ => null,
    };

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Begin(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Begin(context);
        return continuation(request, responseStream, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Begin(context);
        return continuation(new Reader<TRequest>(requestStream), context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Begin(context);
        return continuation(new Reader<TRequest>(requestStream), responseStream, context);
    }

    private static void Begin(ServerCallContext context) => context.UserState[Begun] = Begun;

    private static Status Malformed(string why) => new(
        StatusCode.InvalidArgument, $"request.message_malformed: the message cannot be read: {why}");

    /// <summary>Reads a stream, and says of a message that cannot be read what it is.</summary>
    private sealed class Reader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                return await inner.MoveNext(cancellationToken);
            }
            catch (Exception error) when (StatusOf(error) is not null)
            {
                throw new RpcException(StatusOf(error)!.Value);
            }
        }
    }
}
