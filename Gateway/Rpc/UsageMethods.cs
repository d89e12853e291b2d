using Google.Protobuf;
using Grpc.Core;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>
/// The methods of the generated <see cref="UsageService"/>, but with requests as bytes: an object for each event and its parts was a
/// third of all that the server allocated.
/// </summary>
internal static class UsageMethods
{
    private static readonly Marshaller<RpcPayload> Requests =
        Marshallers.Create<RpcPayload>((_, _) => throw new NotSupportedException("Requests are only read here."), RpcPayload.Of);

    /// <summary>What reflection tells of the service.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => UsageService.Descriptor;

    /// <summary>Called by ASP.NET Core, without an implementation, to find the methods.</summary>
    public static void BindService(ServiceBinderBase binder, Base? service)
    {
        binder.AddMethod(
            Method<ReportResponse>(MethodType.Unary, nameof(Base.Report)),
            service is null ? null : new UnaryServerMethod<RpcPayload, ReportResponse>(service.Report));
        binder.AddMethod(
            Method<UploadSummary>(MethodType.ClientStreaming, nameof(Base.Upload)),
            service is null ? null : new ClientStreamingServerMethod<RpcPayload, UploadSummary>(service.Upload));
        binder.AddMethod(
            Method<ReportResponse>(MethodType.DuplexStreaming, nameof(Base.Stream)),
            service is null ? null : new DuplexStreamingServerMethod<RpcPayload, ReportResponse>(service.Stream));
    }

    private static Method<RpcPayload, TAnswer> Method<TAnswer>(MethodType type, string name) where TAnswer : IBufferMessage =>
        new(type, Descriptor.FullName, name, Requests, Marshallers.Create<TAnswer>(Write, _ => throw new NotSupportedException()));

    private static void Write<TAnswer>(TAnswer answer, SerializationContext context) where TAnswer : IBufferMessage
    {
        context.SetPayloadLength(answer.CalculateSize());
        answer.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    /// <summary>What implements the methods.</summary>
    [BindServiceMethod(typeof(UsageMethods), nameof(BindService))]
    internal abstract class Base
    {
        public abstract Task<ReportResponse> Report(RpcPayload request, ServerCallContext context);

        public abstract Task<UploadSummary> Upload(IAsyncStreamReader<RpcPayload> requestStream, ServerCallContext context);

        public abstract Task Stream(
            IAsyncStreamReader<RpcPayload> requestStream, IServerStreamWriter<ReportResponse> responseStream, ServerCallContext context);
    }
}
