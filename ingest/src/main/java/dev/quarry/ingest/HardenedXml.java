package dev.quarry.ingest;

import javax.xml.stream.XMLInputFactory;

/** The parser for XML files of repositories, which are not trusted: no document type and no external entity is read. */
final class HardenedXml {
    static final XMLInputFactory FACTORY = factory();

    private HardenedXml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
