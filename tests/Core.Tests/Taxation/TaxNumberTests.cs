using OrleansBilling.Core.Taxation.Numbers;

namespace OrleansBilling.Core.Tests.Taxation;

/// <remarks>The numbers are of public bodies and companies that print them, or examples of the authorities and of python-stdnum's and
/// the Commission's documentation.</remarks>
public class TaxNumberTests
{
    public static TheoryData<string, string> Valid => new()
    {
        { "AT", "ATU13585627" }, { "AT", "U36975500" }, { "AT", "ATU 3697 5500" },
        { "BE", "BE0411905847" }, { "BE", "BE 0403.019.261" }, { "BE", "BE0428759497" },
        { "BG", "BG175074752" }, { "BG", "175074752" }, { "BG", "7523169263" }, { "BG", "8032056031" },
        { "CY", "CY10259033P" }, { "CY", "CY-10259033P" },
        { "CZ", "CZ25123891" }, { "CZ", "7103192745" }, { "CZ", "640903926" }, { "CZ", "991231123" },
        { "DE", "DE136695976" }, { "DE", "DE 136.695 976" },
        { "DK", "DK13585628" }, { "DK", "DK 13585628" },
        { "EE", "EE100931558" }, { "EE", "EE 100594102" },
        { "ES", "ESB58378431" }, { "ES", "ES54362315K" }, { "ES", "X2482300W" }, { "ES", "M1234567L" }, { "ES", "P4698162G" },
        { "FI", "FI20774740" }, { "FI", "FI 20774740" },
        { "FR", "FR40303265045" }, { "FR", "FR23334175221" }, { "FR", "FRK7399859412" }, { "FR", "FR4Z123456782" }, { "FR", "FR53000004605" },
        { "GR", "EL094259216" }, { "GR", "GR 94259216" }, { "GR", "EL023456780" },
        { "HR", "HR33392005961" },
        { "HU", "HU12892312" }, { "HU", "HU-12892312" },
        { "IE", "IE6433435F" }, { "IE", "IE6433435OA" }, { "IE", "IE8D79739I" }, { "IE", "IE6433435IH" },
        { "IT", "IT00743110157" },
        { "LT", "LT119511515" }, { "LT", "LT100001919017" }, { "LT", "LT100004801610" },
        { "LU", "LU15027442" }, { "LU", "LU 150 274 42" },
        { "LV", "LV40003521600" }, { "LV", "16117519997" },
        { "MT", "MT11679112" },
        { "NL", "NL004495445B01" }, { "NL", "NL002455799B11" },
        { "PL", "PL8567346215" }, { "PL", "PL 856-734-62-15" },
        { "PT", "PT501964843" },
        { "RO", "RO18547290" }, { "RO", "RO 185 472 90" },
        { "SE", "SE123456789701" },
        { "SI", "SI50223054" },
        { "SK", "SK2022749619" },
        { "GB", "GB980780684" }, { "GB", "GB 980 7806 84" }, { "GB", "GBGD001" }, { "GB", "GBHA500" },
        { "XI", "XI980780684" },
        { "CH", "CHE-107.787.577 IVA" }, { "CH", "CHE100155212" },
        { "NO", "NO 995 525 828 MVA" }, { "NO", "988077917" },
        { "AU", "83 914 571 673" }, { "AU", "51 824 753 556" },
        { "CA", "12302 6635 RT 0001" }, { "CA", "123026635" },
        { "IN", "27AAPFU0939F1ZV" }, { "IN", "27aapfu0939f1zv" },
        { "JP", "T8040001999013" }, { "JP", "5-8356-7825-6246" },
        { "NZ", "49-091-850" }, { "NZ", "136-410-132" }, { "NZ", "136-410132" },
        { "SG", "00192200M" }, { "SG", "197401143C" }, { "SG", "S16FC0121D" }, { "SG", "M2-0012345-6" },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_published_number_is_valid(string country, string number) =>
        Assert.True(TaxNumbers.Check(number, country).IsValid, number);

    [Theory]
    [InlineData("AT", "ATU13585626")]
    [InlineData("BE", "BE0431150351")]
    [InlineData("BE", "BE2411905847")]
    [InlineData("BG", "175074751")]
    [InlineData("CY", "CY10259033Z")]
    [InlineData("CZ", "25123890")]
    [InlineData("CZ", "1103492745")]
    [InlineData("DE", "DE136695978")]
    [InlineData("DE", "DE036695976")]
    [InlineData("DK", "DK13585627")]
    [InlineData("EE", "EE100594103")]
    [InlineData("ES", "ESB58378432")]
    [InlineData("ES", "ES54362315Z")]
    [InlineData("ES", "ESX2482300A")]
    [InlineData("FI", "FI20774741")]
    [InlineData("FR", "FR84323140391")]
    [InlineData("GR", "EL123456781")]
    [InlineData("HR", "HR33392005962")]
    [InlineData("HU", "HU12892313")]
    [InlineData("IE", "IE6433435E")]
    [InlineData("IT", "IT00743110158")]
    [InlineData("LT", "LT100001919018")]
    [InlineData("LU", "LU15027443")]
    [InlineData("LV", "LV40003521601")]
    [InlineData("MT", "MT11679113")]
    [InlineData("NL", "NL123456789B90")]
    [InlineData("PL", "PL8567346216")]
    [InlineData("PT", "PT501964842")]
    [InlineData("RO", "RO18547291")]
    [InlineData("SE", "SE123456789101")]
    [InlineData("SI", "SI50223055")]
    [InlineData("SK", "SK2022749618")]
    [InlineData("GB", "GB802311781")]
    [InlineData("CH", "CHE-107.787.578 IVA")]
    [InlineData("NO", "995 525 829 MVA")]
    [InlineData("AU", "99 999 999 999")]
    [InlineData("CA", "123456783")]
    [InlineData("IN", "27AAPFU0939F1ZO")]
    [InlineData("JP", "T2835678256246")]
    [InlineData("NZ", "136-410133")]
    [InlineData("SG", "00192200X")]
    public void A_number_with_a_wrong_check_is_not(string country, string number) =>
        Assert.False(TaxNumbers.Check(number, country).IsValid, number);

    [Fact]
    public void A_number_of_another_country_is_not_valid_and_an_unknown_country_has_none()
    {
        Assert.False(TaxNumbers.Check("DE136695976", "AT").IsValid);
        Assert.False(TaxNumbers.Check("GB980780684", "XI").IsValid);
        Assert.False(TaxNumbers.Check("123", "BR").IsValid);
        Assert.False(TaxNumbers.Check("", "DE").IsValid);
        Assert.False(TaxNumbers.Check(new string('1', 100_000), "DE").IsValid);
    }

    [Fact]
    public void The_normal_form_of_an_EU_number_has_its_prefix_and_that_of_Greece_is_EL()
    {
        Assert.Equal("DE136695976", TaxNumbers.Check("136 695 976", "DE").Normalized);
        Assert.Equal("EL094259216", TaxNumbers.Check("gr-094259216", "GR").Normalized);
        Assert.Equal("83914571673", TaxNumbers.Check("83 914 571 673", "AU").Normalized);
    }

    [Fact]
    public void Every_member_state_can_be_checked()
    {
        string[] members =
        [
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT",
            "RO", "SE", "SI", "SK",
        ];
        Assert.Equal(members, TaxNumbers.Countries.Intersect(members));
    }

    /// <remarks>MOD 11,10; the Luhn algorithm; ISO 7064 MOD 97-10; and sums with weights that have no factor in common with the modulus find
    /// every single wrong digit. (The two ranges of UK numbers, 55 apart, let a few through.)</remarks>
    [Theory]
    [InlineData("DE", "136695976")]
    [InlineData("HR", "33392005961")]
    [InlineData("IT", "00743110157")]
    [InlineData("SE", "1234567897")]
    [InlineData("AT", "13585627")]
    [InlineData("BE", "0411905847")]
    [InlineData("DK", "13585628")]
    [InlineData("EE", "100931558")]
    [InlineData("FI", "20774740")]
    [InlineData("HU", "12892312")]
    [InlineData("LU", "15027442")]
    [InlineData("MT", "11679112")]
    [InlineData("PL", "8567346215")]
    [InlineData("SK", "2022749619")]
    [InlineData("AU", "83914571673")]
    [InlineData("CA", "123026635")]
    [InlineData("NO", "988077917")]
    [InlineData("CH", "100155212")]
    public void A_single_wrong_digit_is_found(string country, string digits)
    {
        var (before, after) = country switch { "AT" => ("U", ""), "SE" => ("", "01"), _ => ("", "") };
        Assert.True(TaxNumbers.Check(before + digits + after, country).IsValid);
        Gen.Select(Gen.Int[0, digits.Length - 1], Gen.Int[1, 9]).Sample((at, by) =>
        {
            var wrong = digits.ToCharArray();
            wrong[at] = (char)('0' + (wrong[at] - '0' + by) % 10);
            return !TaxNumbers.Check(before + new string(wrong) + after, country).IsValid;
        });
    }
}
