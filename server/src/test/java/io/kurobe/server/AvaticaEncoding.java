package io.kurobe.server;

import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** The two forms of Avatica's messages, written by Avatica itself. */
enum AvaticaEncoding {
  JSON("application/json") {
    @Override
    byte[] write(Service.Request request) throws Exception {
      return JsonService.MAPPER.writeValueAsBytes(request);
    }
  },
  PROTOBUF("application/x-google-protobuf") {
    @Override
    byte[] write(Service.Request request) throws Exception {
      return new ProtobufTranslationImpl().serializeRequest(request);
    }
  };

  private final String type;

  AvaticaEncoding(String type) {
    this.type = type;
  }

  /** Of its content, as HTTP names it. */
  String type() {
    return type;
  }

  abstract byte[] write(Service.Request request) throws Exception;
}
