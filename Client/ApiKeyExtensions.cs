using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OrleansBilling.Client;

/// <summary>Gives generated clients the API key, for the calls that need no reporter: quota and bills.</summary>
public static class ApiKeyExtensions
{
    /// <summary>Calls over the channel that carry the key, as in <c>new QuotaService.QuotaServiceClient(channel.WithApiKey(key))</c>.</summary>
    /// <param name="channel">Stays the caller's to dispose.</param>
    /// <param name="apiKey">Sent as it is; use TLS outside of a trusted network.</param>
    /// <exception cref="ArgumentException">The key is empty or has characters that no key has; the message does not tell it.</exception>
    public static CallInvoker WithApiKey(this ChannelBase channel, string apiKey)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (string.IsNullOrEmpty(apiKey) || apiKey.Any(c => c is <= ' ' or > '~'))
        {
            throw new ArgumentException("An API key is printable ASCII without white space.", nameof(apiKey));
        }
        return channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {apiKey}");
            return metadata;
        });
    }
}
