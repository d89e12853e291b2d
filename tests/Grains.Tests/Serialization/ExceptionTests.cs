using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using Polly.Timeout;

namespace OrleansBilling.Grains.Tests.Serialization;

public sealed class ExceptionTests
{
    private readonly Serializer _serializer =
        new ServiceCollection().AddSerializer().AddBillingSerialization().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void A_call_that_Orleans_gave_up_reaches_its_caller_as_what_it_is()
    {
        var sent = new SiloUnavailableException("no silo in time", new TimeoutRejectedException("the look-up took too long"));
        var read = _serializer.Deserialize<Exception>(_serializer.SerializeToArray<Exception>(sent));
        Assert.IsType<TimeoutRejectedException>(Assert.IsType<SiloUnavailableException>(read).InnerException);
    }

    [Fact]
    public void Our_own_exceptions_reach_their_caller_as_themselves()
    {
        var read = _serializer.Deserialize<Exception>(_serializer.SerializeToArray<Exception>(new PartitionUnavailableException("on its way")));
        Assert.Equal("on its way", Assert.IsType<PartitionUnavailableException>(read).Message);
    }
}
