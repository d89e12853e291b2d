using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Tests.Devices;

public sealed class IdentifierKindsTests
{
    [Theory]
    [InlineData("iccid", "8949020000001234567", "8949020000001234567")]
    [InlineData("iccid", "89490200000012345678", "89490200000012345678")]
    [InlineData("eid", "89049032123451234512345678901235", "89049032123451234512345678901235")]
    [InlineData("imsi", "262011234567890", "262011234567890")]
    [InlineData("msisdn", "4915112345678", "+4915112345678")]
    [InlineData("msisdn", "+4915112345678", "+4915112345678")]
    [InlineData("imei", "490154203237518", "490154203237518")]
    [InlineData("mac", "00:1B:44:11:3A:B7", "001b44113ab7")]
    [InlineData("mac", "00-1b-44-11-3a-b7", "001b44113ab7")]
    [InlineData("mac", "70B3D57ED0050FA1", "70b3d57ed0050fa1")]
    [InlineData("serial", "SN 1/Ü", "SN 1/Ü")]
    [InlineData("external", "crm-4711", "crm-4711")]
    public void Every_usual_form_is_read_into_the_one_that_is_kept(string kind, string written, string kept)
    {
        Assert.True(IdentifierKinds.TryRead(kind, written, out var identifier));
        Assert.Equal(new DeviceIdentifier(kind, kept), identifier);
        Assert.Equal(identifier, DeviceIdentifier.OfKey(identifier.Key));
        Assert.True(DeviceIdentifier.IsKey(identifier.Key));
    }

    [Theory]
    [InlineData("iccid", "894902000000123456")]
    [InlineData("iccid", "7949020000001234567")]
    [InlineData("iccid", "894902000000123456F")]
    [InlineData("eid", "8904903212345123451234567890123")]
    [InlineData("imsi", "26201123456789")]
    [InlineData("imsi", "2620112345678901")]
    [InlineData("imsi", "26201123456789O")]
    [InlineData("imsi", "٢62011234567890")]
    [InlineData("msisdn", "0015112345678")]
    [InlineData("msisdn", "+49 151 12345678")]
    [InlineData("msisdn", "+1234567890123456")]
    [InlineData("msisdn", "+")]
    [InlineData("imei", "490154203237519")]
    [InlineData("imei", "49015420323751")]
    [InlineData("mac", "00:1B:44:11:3A")]
    [InlineData("mac", "00:1B-44:11:3A:B7")]
    [InlineData("mac", "00:1B:44:11:3A:BG")]
    [InlineData("mac", "")]
    [InlineData("serial", "")]
    [InlineData("serial", " a")]
    [InlineData("serial", "a\u0001b")]
    [InlineData("ICCID", "8949020000001234567")]
    [InlineData("phone", "8949020000001234567")]
    public void What_cannot_be_one_is_refused(string kind, string written) =>
        Assert.False(IdentifierKinds.TryRead(kind, written, out _));
}
